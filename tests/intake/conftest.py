"""What the tests of the ways in and out can ask for."""

import shutil

import pytest
from hypothesis import settings

from tests.fakes.certificate import Certificate, make_certificate

# How long an example takes is no test: the machine may be busy.
settings.register_profile("heard", deadline=None)
settings.load_profile("heard")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a certificate with")
    return make_certificate(tmp_path_factory.mktemp("certificate"), openssl)
