"""Whether a text speaks of what UK GDPR, article 9, protects: flagged, and never blanked."""

import re

from classifier.personal.words import word_set

WORDS = word_set("""
    asthma asthmatic copd cancer chemo chemotherapy tumour tumor leukaemia diabetes diabetic
    insulin epilepsy epileptic seizure seizures stroke dementia alzheimer alzheimers parkinson
    parkinsons arthritis arthritic fibromyalgia lupus eczema bronchitis bronchiolitis
    pneumonia emphysema angina crohn crohns colitis dialysis transplant hiv hepatitis
    tuberculosis autism autistic adhd asperger aspergers ptsd bipolar schizophrenia
    schizophrenic psychosis psychotic depression depressed depressive anxiety suicidal suicide
    overdose addict addiction alcoholic disabled disability disabilities wheelchair zimmer
    amputee amputated blind deaf stoma catheter oxygen inhaler inhalers nebuliser medication
    meds diagnosed diagnosis hospital hospitalised surgery illness allergic allergy allergies
    pregnant pregnancy miscarriage premature newborn carer carers doctor doctors consultant
    nurse camhs tracheostomy rheumatoid macular sclerosis palsy epipen muslim muslims islam
    islamic mosque hijab niqab ramadan eid christian christians catholic church jewish
    synagogue kosher halal hindu sikh gurdwara temple religion religious asylum refugee
    refugees ethnic ethnicity race racist racism racial racially gypsy traveller roma gay
    lesbian bisexual transgender homophobic homophobia transphobic lgbt sexuality
""")
PHRASES = re.compile(
    r"\b(?:heart (?:attack|condition|failure|disease)|blood pressure|sickle cell|cystic fibrosis"
    r"|mental health|mental illness|self[- ]harm\w*|panic attacks?|learning (?:disabilit"
    r"|difficult)\w+"
    r"|partially sighted|hard of hearing|chest infections?|breathing (?:problems|difficulties)"
    r"|my gp|a&e|mobility scooter|nervous breakdown|trade union"
    r"|(?:black|asian|african|trans) (?:woman|man|family|person|people))\b"
)
WORD = re.compile(r"[^\W\d_]+")


def speaks_of_health(text: str) -> bool:
    """Whether a text speaks of health, disability, ethnicity, religion or sexual life."""
    lower = text.lower()
    return not WORDS.isdisjoint(WORD.findall(lower)) or PHRASES.search(lower) is not None
