namespace CnnVis;

/// <summary>An object in a picture with its keypoints.</summary>
/// <param name="Path">The picture.</param>
/// <param name="Class">What it is.</param>
/// <param name="Box">Where it is; null for the whole picture.</param>
/// <param name="Keypoints">Its keypoints, each name once.</param>
public sealed record KeypointObject(string Path, string Class, KeypointBox? Box, IReadOnlyList<CnnKeypoint> Keypoints)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Class} in {VisibleText.Of(System.IO.Path.GetFileName(Path))}: {Keypoints.Count} keypoints";
}
