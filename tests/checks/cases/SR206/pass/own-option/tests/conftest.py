def pytest_addoption(parser):
    parser.addoption("--count", type=int)
