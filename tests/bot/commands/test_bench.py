"""What `heard bench` measures."""

from bot.commands.bench import measure_latency


async def test_the_way_from_mail_to_recorded_case_is_measured_of_each_mail():
    half, most, count = await measure_latency(5)
    assert count == 5
    assert 0 < half <= most
