namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>A part of a file that can be read from front to back.</summary>
internal interface ISection
{
    /// <summary>Bytes that come out.</summary>
    long Length { get; }

    Stream Open();
}
