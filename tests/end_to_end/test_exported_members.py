import krynica


def test_all_is_sorted_and_whole() -> None:
    def order(name: str) -> tuple[int, str]:
        return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)

    assert list(krynica.__all__) == sorted(krynica.__all__, key=order)
    assert krynica.__all__ == [
        "DEFAULT",
        "AddressError",
        "Answer",
        "Article",
        "CorpusError",
        "Evidence",
        "Genre",
        "KrynicaError",
        "Levels",
        "Model",
        "ModelFolderError",
        "ModelId",
        "NothingToReadError",
        "Reason",
        "TableError",
        "UnreadableError",
        "load_model",
    ]


def test_every_name_is_there() -> None:
    assert all(hasattr(krynica, name) for name in krynica.__all__)
