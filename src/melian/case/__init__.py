"""The text language of a case: model, loading, checking, writing back."""
