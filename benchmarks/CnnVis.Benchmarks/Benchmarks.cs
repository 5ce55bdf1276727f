namespace CnnVis.Benchmarks;

/// <summary>What runs inside this process, once the module has brought the engine.</summary>
internal static class Benchmarks
{
    public static void Run(Module module, string[] chosen)
    {
        module.Run("Get-CnnModel"); // loads the engine
        if (chosen.Contains("weight-loading")) WeightLoading.Run();
        if (chosen.Contains("graph-overhead")) GraphOverhead.Run();
        if (chosen.Contains("gradient-map")) GradientMap.Run();
        if (chosen.Contains("attack-speed")) AttackSpeed.Run(quick: false);
        else if (chosen.Contains("fgsm-speed")) AttackSpeed.Run(quick: true);
        if (chosen.Contains("corruption-speed")) CorruptionSpeed.Run();
        if (chosen.Contains("prediction-pipeline")) PredictionPipeline.Run(module);
        if (chosen.Contains("retrieval-pipeline")) RetrievalPipeline.Run(module);
        if (chosen.Contains("neighbor-search")) NeighborSearch.Run();
        TsneSpeed.Run(chosen);
        OcclusionSpeed.Run(chosen);
        OcclusionWindows.Run(chosen);
    }
}
