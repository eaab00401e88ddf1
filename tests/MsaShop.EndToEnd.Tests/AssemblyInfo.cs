// Two shops at once would share two cores, and tests that wait would wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
