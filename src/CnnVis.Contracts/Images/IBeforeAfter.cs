namespace CnnVis;

/// <summary>A result with two pictures of one size, to be laid over each other: as it was, and as it became.</summary>
internal interface IBeforeAfter
{
    /// <summary>The two, each with its caption; null where one of them is not known.</summary>
    (SheetCell Before, SheetCell After)? BeforeAfter { get; }
}
