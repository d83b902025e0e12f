"""In which language an Office program names things by itself: sheets, titles, themes and styles.

HeadingPairs (ECMA-376 part 1 §22.2.2.11) are written at each save, in the language of the menus; a theme keeps the name
that it was given where the document was begun. Words that several languages share are left out (`Titel`, `Título`).
"""

HEADINGS = {
    "Worksheets": "en", "Title": "en", "Slide Titles": "en", "Fonts Used": "en",
    "Feuilles de calcul": "fr", "Titre": "fr", "Titres des diapositives": "fr", "Polices utilisées": "fr",
    "Листы": "ru", "Название": "ru", "Заголовки слайдов": "ru", "Использованные шрифты": "ru",
    "Аркуші": "uk", "Назва": "uk", "Заголовки слайдів": "uk",
    "Arbeitsblätter": "de", "Folientitel": "de", "Verwendete Schriftarten": "de",
    "Hojas de cálculo": "es", "Títulos de diapositiva": "es", "Fuentes usadas": "es",
    "Fogli di lavoro": "it", "Titolo": "it", "Titoli diapositive": "it",
    "Planilhas": "pt", "Folhas de Cálculo": "pt", "Folhas de cálculo": "pt", "Títulos de slides": "pt",
    "Werkbladen": "nl", "Diatitels": "nl",
    "Arkusze": "pl", "Tytuł": "pl", "Tytuły slajdów": "pl",
    "Listy": "cs", "Název": "cs", "Hárky": "sk", "Názov": "sk",
    "Munkalapok": "hu", "Cím": "hu", "Foi de lucru": "ro", "Titlu": "ro",
    "Kalkylblad": "sv", "Rubrik": "sv", "Bildrubriker": "sv",
    "Laskentataulukot": "fi", "Otsikko": "fi",
    "Çalışma Sayfaları": "tr", "Konu Başlığı": "tr", "Φύλλα εργασίας": "el", "Τίτλος": "el",
    "工作表": "zh", "标题": "zh", "幻灯片标题": "zh", "標題": "zh",
    "ワークシート": "ja", "タイトル": "ja", "スライド タイトル": "ja", "워크시트": "ko", "제목": "ko",
    "أوراق العمل": "ar", "العنوان": "ar", "גליונות עבודה": "he",
}  # fmt: skip
"""First words of a heading pair, as Office writes them."""

NAMES = {
    "Office Theme": "en", "Thème Office": "fr", "Тема Office": "ru", "Larissa": "de", "Larissa-Design": "de",
    "Tema di Office": "it", "Tema do Office": "pt", "Kantoorthema": "nl", "Motyw pakietu Office": "pl",
    "Motív Office": "sk", "Motiv Office": "cs", "Office-téma": "hu", "Office テーマ": "ja", "Office 테마": "ko",
    "Office 主题": "zh", "Office 佈景主題": "zh", "Θέμα του Office": "el",
    "Обычный": "ru", "Звичайний": "uk", "Normale": "it", "Standaard": "nl", "Normálne": "sk", "常规": "zh",
    "標準": "ja", "표준": "ko",
}  # fmt: skip
"""Names of the built-in theme and of the built-in style `Normal`. `Normal` and `Standard` are several languages'."""

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\ufeff"))


def spoken(words: list[str], table: dict[str, str]) -> str:
    """The language that all known words agree on; empty where none is known or they differ."""
    found = {table[name] for word in words if (name := word.translate(_UNSEEN).strip()) in table}
    return found.pop() if len(found) == 1 else ""
