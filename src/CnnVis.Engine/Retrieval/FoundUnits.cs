using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using CnnVis.Engine.Scans;

namespace CnnVis.Engine.Retrieval;

/// <summary>What activates units most, as data: images once each, and referred to by their place in the list.</summary>
/// <param name="Images">The images.</param>
/// <param name="Units">The units.</param>
public sealed record FoundUnits(FoundImage[] Images, FoundUnit[] Units)
{
    /// <summary>How files call them.</summary>
    public static SumKind<FoundUnits> Kind { get; } = new("MaxActivatingImages", Sum, (merged, found, origin) => [found.ToSet(merged.Question, merged.State) with { Origin = origin }]);

    /// <summary>Units as data.</summary>
    public static FoundUnits Of(IReadOnlyList<MaxActivatingUnit> units) => new(
        [.. units.SelectMany(u => u.Images).DistinctBy(i => i.Index).OrderBy(i => i.Index).Select(i => new FoundImage(i.Index, i.Path, i.Label))],
        [.. units.Select(FoundUnit.Of)]);

    /// <summary>What was asked when a result was found.</summary>
    public static ScanQuestion QuestionOf(MaxActivatingImageSet set) => ScanQuestion.Of(Kind.Name, set.Model, set.ModelHash, new Dictionary<string, string>
    {
        ["BatchSize"] = set.BatchSize.ToString(CultureInfo.InvariantCulture),
        ["Layer, -Channel, -Position, -Direction or -Seed"] = set.QueryHash,
        ["Overlap"] = set.Overlap.ToString("R", CultureInfo.InvariantCulture),
        ["PerImage"] = set.PerImage.ToString(CultureInfo.InvariantCulture),
        ["PreRelu"] = set.PreRelu.ToString(),
        ["Top"] = set.Top.ToString(CultureInfo.InvariantCulture),
    }, new RetrievalContext(set.Input, set.QueryHash, set.Top, set.PerImage, set.Overlap, set.PreRelu, set.BatchSize));

    /// <summary>Data as a result.</summary>
    /// <exception cref="JsonException">There is something in it that is never found.</exception>
    public MaxActivatingImageSet ToSet(ScanQuestion question, ScanState state)
    {
        RetrievalContext context = question.ContextAs<RetrievalContext>();
        Ensure(context is { Top: > 0, PerImage: > 0, BatchSize: > 0, Overlap: >= 0 and <= 1, Input: not null }, "its question is impossible");
        Ensure(Images.All(i => i.Index < state.ListedCount), "an image is impossible");
        return SetOf(question.Model, question.ModelHash, context, state, ToUnits(question.Model, context.Top));
    }

    /// <summary>A result of a pass that is so far.</summary>
    internal static MaxActivatingImageSet SetOf(string model, string modelHash, RetrievalContext context, ScanState state, IReadOnlyList<MaxActivatingUnit> units) => new()
    {
        Model = model,
        ModelHash = modelHash,
        Input = context.Input,
        QueryHash = context.QueryHash,
        Top = context.Top,
        PerImage = context.PerImage,
        Overlap = context.Overlap,
        PreRelu = context.PreRelu,
        BatchSize = context.BatchSize,
        ShardCount = state.ShardCount,
        Shards = state.Shards.ToArray(),
        IsComplete = state.IsComplete,
        ListedCount = state.ListedCount,
        ListHash = state.ListHash,
        ImageCount = state.ImageCount,
        FailedCount = state.FailedCount,
        Stamps = state.Stamps,
        Units = units,
    };

    /// <summary>Data as units.</summary>
    /// <exception cref="JsonException">There is something in it that is never found.</exception>
    internal MaxActivatingUnit[] ToUnits(string model, int top)
    {
        Ensure(Images.All(i => i is { Path: not null } && i.Index >= 0), "an image is impossible");
        var images = Images.ToDictionary(i => i.Index);
        foreach (FoundUnit unit in Units)
        {
            Ensure(unit is not null && unit.Channel is null or >= 0 && (unit.Row is null) == (unit.Column is null), "a unit is impossible");
            Ensure(unit.Images.Length <= top, $"a unit has {unit.Images.Length} images, and {top} were asked for");
            Ensure(unit.Images.All(p => p is { Box.Length: 4, InputBox.Length: 4 } && float.IsFinite(p.Value) && p.Row is null or >= 0 && p.Column is null or >= 0 && p.Box[2] >= 0 && p.Box[3] >= 0), "a place is impossible");
            Ensure(unit.Images.Zip(unit.Images.Skip(1)).All(p => p.First.Value >= p.Second.Value), "the images of a unit are out of order");
        }
        return [.. Units.Select(u => u.ToUnit(model, images))];
    }

    private static FoundUnits Sum(ScanMerge merged, IReadOnlyList<FoundUnits> parts) => Of(RetrievalMerge.Units([.. parts.Select(p => p.ToUnits(merged.Question.Model, merged.Question.ContextAs<RetrievalContext>().Top))], merged.Question.ContextAs<RetrievalContext>().Top));

    private static void Ensure([DoesNotReturnIf(false)] bool holds, string what)
    {
        if (!holds) throw new JsonException(what);
    }
}

/// <summary>What was asked of which pictures.</summary>
public sealed record RetrievalContext(CnnInput Input, string QueryHash, int Top, int PerImage, double Overlap, bool PreRelu, int BatchSize);

/// <summary>An image that activates some unit.</summary>
public sealed record FoundImage(long Index, string Path, string? Label);

/// <summary>A unit, with the places that activate it most.</summary>
public sealed record FoundUnit(string Layer, int? Channel, string? Direction, bool IsRandom, int? Row, int? Column, FoundPlace[] Images)
{
    internal static FoundUnit Of(MaxActivatingUnit u) => new(u.Layer, u.Channel, u.Direction, u.IsRandom, u.Row, u.Column,
        [.. u.Images.Select(i => new FoundPlace(i.Index, i.Value, i.Row, i.Column, Numbers(i.Box), Numbers(i.InputBox)))]);

    internal MaxActivatingUnit ToUnit(string model, IReadOnlyDictionary<long, FoundImage> images) => new()
    {
        Model = model,
        Layer = Layer,
        Channel = Channel,
        Direction = Direction,
        IsRandom = IsRandom,
        Row = Row,
        Column = Column,
        Images = Images.Select((place, i) => new MaxActivatingImage
        {
            Order = i + 1,
            Path = images[place.Image].Path,
            Label = images[place.Image].Label,
            Index = place.Image,
            Value = place.Value,
            NormalizedValue = MaxActivatingImage.Normalize(place.Value, Images[0].Value),
            Row = place.Row,
            Column = place.Column,
            Box = Box(place.Box),
            InputBox = Box(place.InputBox),
        }).ToArray(),
    };

    private static int[] Numbers(PixelBox box) => [box.X, box.Y, box.Width, box.Height];

    private static PixelBox Box(int[] n) => new(n[0], n[1], n[2], n[3]);
}

/// <summary>A place in an image.</summary>
public sealed record FoundPlace(long Image, float Value, int? Row, int? Column, int[] Box, int[] InputBox);
