"""Holds the number of calls that a deployment makes one after another, which is what users wait for."""
import unittest

from harness import Simulation
from round_trips import measure


class RoundTripTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.simulation = cls.enterClassContext(Simulation())

    def test_rounds_uploads_and_updates(self):
        # The delay makes calls that are sent at the same time overlap.
        first, unchanged, changed = measure(self.simulation, functions=20, delay=0.2)
        self.assertLessEqual(first.rounds, 12, first)
        self.assertEqual(first.artifacts, 20)
        self.assertLessEqual(unchanged.rounds, 4, unchanged)
        self.assertEqual(unchanged.artifacts, 0)
        self.assertFalse(unchanged.has_changed_stack)
        self.assertIn("No changes to deploy", unchanged.output)
        self.assertEqual(changed.artifacts, 1)
        self.assertTrue(changed.has_changed_stack)
        self.assertLessEqual(changed.rounds, 12, changed)


if __name__ == "__main__":
    unittest.main()
