namespace CnnVis.Engine.Accuracy;

/// <summary>What a pass over labelled pictures gathered.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Classes">The network's classes.</param>
/// <param name="K">How many classes count for top-k accuracy.</param>
/// <param name="ListedCount">Pictures that were listed.</param>
/// <param name="FailedCount">Pictures that could not be read.</param>
/// <param name="UnlabeledCount">Pictures that nothing is known of.</param>
/// <param name="Images">The others.</param>
/// <param name="Judged">Where labels may hold together, what is said of each, also of pictures that are known to have none.</param>
public sealed record AccuracyRecord(string Model, IReadOnlyList<string> Classes, int K, long ListedCount, long FailedCount, int UnlabeledCount, IReadOnlyList<ClassifiedImage> Images, IReadOnlyList<JudgedLabels> Judged);
