// One test at a time: the files under tests/Pester share one process and one set of the engine's threads.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
