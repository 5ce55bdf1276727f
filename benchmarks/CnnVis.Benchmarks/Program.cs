using CnnVis.Benchmarks;

// Each benchmark prints a JSON line a result. Names on the command line choose; without one, all run.
string[] known = ["start-up", "graph-overhead", "gradient-map", "attack-speed", "fgsm-speed", "prediction-pipeline", "retrieval-pipeline", "memory", "neighbor-search", "corruption-speed", "weight-loading", .. TsneSpeed.Names, .. OcclusionSpeed.Names, .. OcclusionWindows.Names];
string[] chosen = args.Length > 0 ? args : [.. known.Except(TsneSpeed.Names[4..]).Except(OcclusionWindows.Names).Except(["fgsm-speed"])]; // the longest, and parts of others, only when they are asked for
if (chosen.Except(known).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'. There are {string.Join(", ", known)}.");
    return 64;
}
if (chosen.Contains("start-up")) StartUp.Run();
if (chosen.Contains("memory")) MemoryFlatness.Run();
if (chosen.Except(["start-up", "memory"]).Any())
{
    using var module = Module.Import();
    Benchmarks.Run(module, chosen);
}
return 0;
