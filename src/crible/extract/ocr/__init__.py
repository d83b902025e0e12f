"""Text in pictures: Tesseract (LSTM, `best_int` data for French and English), one page at a time."""

from crible.extract.ocr.pages import PAGES, page_pictures
from crible.extract.ocr.recogniser import Recogniser

__all__ = ["PAGES", "Recogniser", "page_pictures"]
