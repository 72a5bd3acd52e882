"""Words for the exam screen: what questions, passages and answers are made of, in Kazakh, Russian and English."""

from __future__ import annotations

import random

PASSAGE = {
    "kk": (
        "жүйе құрылым үдеріс энергия қозғалыс жылдамдық уақыт қысым көлем температура заң теңдеу шама мән шек "
        "функция туынды қосынды өлшем тәжірибе бақылау нәтиже себеп салдар қоғам мемлекет тарих экономика еңбек "
        "сұраныс ұсыныс баға нарық әдебиет мәтін ой пікір дәлел және бірақ өйткені сондықтан егер үшін туралы "
        "0,25 3,14 12 1991"
    ),
    "ru": (
        "система структура процесс энергия движение скорость время давление объём температура закон уравнение "
        "величина значение предел функция производная сумма измерение опыт наблюдение результат причина следствие "
        "общество государство история экономика труд спрос предложение цена рынок литература текст мысль довод и "
        "но потому поэтому если для между однако 0,25 3,14 12 1914"
    ),
    "en": (
        "the of a system process energy reaction student function value measure rate change theory evidence market "
        "price demand supply cell membrane protein temperature pressure volume vector matrix integral limit sequence "
        "algorithm memory queue network packet history treaty economy trade labour literature metaphor narrative "
        "which therefore however because between increase decrease explain compare 0.25 3.14 12 1914"
    ),
}

ANSWERS = {
    "kk": (
        "Дененің үдеуі оған әсер ететін күшке тура пропорционал, ал массасына кері пропорционал. Сондықтан күш екі "
        "есе артса, үдеу де екі есе артады. Үйкеліс күші қозғалысқа қарсы бағытталады, сол себепті жылдамдық біртіндеп "
        "кемиді. Өлшеу нәтижелері кестеде берілген: бірінші тәжірибеде мән 0,25-ке, екіншісінде 0,31-ге тең болды. "
        "Қорытындылай келе, заң тұйық жүйеде ғана дәл орындалады деп айтуға болады."
    ),
    "ru": (
        "Ускорение тела прямо пропорционально действующей на него силе и обратно пропорционально массе. Поэтому, если "
        "силу увеличить вдвое, вдвое возрастёт и ускорение. Сила трения направлена против движения, из-за этого "
        "скорость постепенно уменьшается. Результаты измерений приведены в таблице: в первом опыте получено 0,25, во "
        "втором 0,31. Таким образом, закон точно выполняется только в замкнутой системе."
    ),
}


def sentence(source: random.Random, language: str, words: int = 0) -> str:
    """A sentence of so many words, 8 to 18 by default."""
    chosen = [source.choice(PASSAGE[language].split()) for _ in range(words or source.randint(8, 18))]
    text = " ".join(chosen)
    return text[0].upper() + text[1:] + "."


def paragraph(source: random.Random, language: str, sentences: int = 5) -> str:
    return " ".join(sentence(source, language) for _ in range(sentences))
