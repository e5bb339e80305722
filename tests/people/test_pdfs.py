"""Papers and receipts: a picture, or a PDF as it was sent; what is neither, cut short or too large is told apart."""

import io

import pytest
from PIL import Image

from people.pictures import LARGEST_PDF, CutShort, NotAPaper, TooLargePdf, TooManyPixels, is_pdf, plain_paper
from tests.kit.pictures import PDF
from tests.people.test_pictures import taken


def test_a_paper_is_a_pdf_as_it_was_sent_or_a_picture_without_its_place() -> None:
    assert plain_paper(io.BytesIO(PDF)) == PDF
    kept = plain_paper(io.BytesIO(taken(640, 480)))
    assert Image.open(io.BytesIO(kept)).getexif() == {}
    assert (is_pdf(PDF), is_pdf(kept)) == (True, False)


@pytest.mark.parametrize("content", [b"", b"%PDF", b"Dear neighbour", b"<html>%PDF-1.4 %%EOF"])
def test_what_is_neither_is_no_paper(content: bytes) -> None:
    with pytest.raises(NotAPaper):
        plain_paper(io.BytesIO(content))


def test_a_paper_of_which_a_part_arrived_is_told_apart_from_what_is_none() -> None:
    for content in (PDF[:-6], taken(300, 200)[:400]):
        with pytest.raises(CutShort):
            plain_paper(io.BytesIO(content))


def test_a_pdf_may_be_as_large_as_is_said_and_no_larger() -> None:
    full = PDF[:9] + b" " * (LARGEST_PDF - len(PDF)) + PDF[9:]
    assert len(plain_paper(io.BytesIO(full))) == LARGEST_PDF
    with pytest.raises(TooLargePdf):
        plain_paper(io.BytesIO(PDF[:9] + b" " + full[9:]))


def test_a_picture_with_too_many_pixels_is_told_so_as_a_paper_too() -> None:
    with pytest.raises(TooManyPixels):
        plain_paper(io.BytesIO(taken(4000, 4000, "PNG")))
