"""OPML: lists of feeds, as feed readers hand them to one another (OPML 2.0)."""

from __future__ import annotations

from lxml import etree

_INCLUDES = frozenset({"include", "link"})
"""Types of an outline whose ``url`` is another list (OPML 2.0, “Inclusion”)."""


def outlines(data: bytes) -> list[str]:
    """Return where the outlines of a list point to, in their order, each place once.

    Parameters
    ----------
    data
        UTF-8. Damage is read over, as lists are often written by hand.

    Returns
    -------
    list of str
        Addresses or paths as they are written, of feeds and of other lists.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True
    )
    root = etree.fromstring(data, parser)
    if root is None:
        return []
    places = (_place(outline) for outline in root.iter("{*}outline"))
    return list(dict.fromkeys(place for place in places if place))


def _place(outline: etree._Element) -> str:
    # Names of attributes are written in every mixture of cases.
    values = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
    url = values.get("url", "")
    is_list = values.get("type", "").lower() in _INCLUDES and url.lower().endswith(".opml")
    return values.get("xmlurl", "") or (url if is_list else "")
