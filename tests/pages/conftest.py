import pytest

from demo import loading


@pytest.fixture
def demonstration(site):
    loading.load()
