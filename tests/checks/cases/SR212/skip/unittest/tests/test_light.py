import unittest


class TestLight(unittest.TestCase):
    def test_light(self):
        self.assertTrue(True)
