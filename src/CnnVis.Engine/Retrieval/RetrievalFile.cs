using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Tensors;

namespace CnnVis.Engine.Retrieval;

/// <summary>
/// What a retrieval found, or has found so far, as a JSON file: checkpoint, result of a shard and merged result alike. The same findings make the same bytes. Numbers
/// are written with as many digits as bring them back exactly.
/// </summary>
public static class RetrievalFile
{
    private const string Format = "cnnvis-max-activating-images-1";

    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="CnnVisException">It exists and may not be replaced (FileExists), or cannot be written (WriteFailed).</exception>
    public static void Write(string path, MaxActivatingImageSet set, bool overwrite) => AtomicFile.Write(path, stream => Write(stream, set), overwrite);

    /// <summary>Writes the bytes.</summary>
    public static void Write(Stream stream, MaxActivatingImageSet set) => JsonSerializer.Serialize(stream, Stored.Of(set), _options);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CnnVisException">It is not there (PathNotFound), or is none (RetrievalUnreadable).</exception>
    public static MaxActivatingImageSet Read(string path)
    {
        try
        {
            using FileStream stream = PlainFile.OpenRead(path);
            Stored stored = JsonSerializer.Deserialize<Stored>(stream, _options) ?? throw new JsonException("it is empty");
            if (stored.Format != Format) throw new JsonException($"its format is '{stored.Format}', not '{Format}'");
            stored.Check();
            return stored.ToSet();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path, error);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or NullReferenceException or ArgumentException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new CnnVisException(ErrorIds.RetrievalUnreadable, $"'{path}' is no checkpoint or result of Find-MaxActivatingImage, or damaged: {OperatorFailure.Reason(error).TrimEnd('.')}.", path, error);
        }
    }

    /// <summary>The file as data: images once each, and referred to by their place in the list.</summary>
    private sealed record Stored(
        string Format, string Model, string ModelHash, CnnInput Input, string QueryHash, int Top, int PerImage, double Overlap, bool PreRelu, int BatchSize,
        int ShardCount, int[] Shards, bool IsComplete, long ListedCount, string ListHash, long ImageCount, long FailedCount, StoredImage[] Images, StoredUnit[] Units)
    {
        public static Stored Of(MaxActivatingImageSet s) => new(
            RetrievalFile.Format, s.Model, s.ModelHash, s.Input, s.QueryHash, s.Top, s.PerImage, s.Overlap, s.PreRelu, s.BatchSize,
            s.ShardCount, [.. s.Shards], s.IsComplete, s.ListedCount, s.ListHash, s.ImageCount, s.FailedCount,
            [.. s.Units.SelectMany(u => u.Images).DistinctBy(i => i.Index).OrderBy(i => i.Index).Select(i => new StoredImage(i.Index, i.Path, i.Label))],
            [.. s.Units.Select(StoredUnit.Of)]);

        /// <summary>Refuses what this module never writes: what is missing, and numbers that do not go together.</summary>
        /// <exception cref="JsonException">There is such a thing.</exception>
        public void Check()
        {
            Ensure(Model is not null && ModelHash is not null && QueryHash is not null && ListHash is not null && Input is not null && Shards is not null && Images is not null && Units is not null, "something is missing");
            Ensure(Top > 0 && PerImage > 0 && BatchSize > 0 && Overlap is >= 0 and <= 1, "its question is impossible");
            Ensure(ShardCount > 0 && Shards.Length > 0 && Shards.All(s => s >= 1 && s <= ShardCount) && Shards.Distinct().Count() == Shards.Length, "its shards are impossible");
            Ensure(ListedCount >= 0 && ImageCount >= 0 && FailedCount >= 0 && ImageCount + FailedCount <= ListedCount, "its numbers of images are impossible");
            Ensure(Images.All(i => i is { Path: not null } && i.Index >= 0 && i.Index < ListedCount), "an image is impossible");
            foreach (StoredUnit unit in Units)
            {
                Ensure(unit is { Layer: not null, Images: not null } && unit.Channel is null or >= 0 && (unit.Row is null) == (unit.Column is null), "a unit is impossible");
                Ensure(unit.Images.Length <= Top, $"a unit has {unit.Images.Length} images, and {Top} were asked for");
                Ensure(unit.Images.All(p => p is { Box.Length: 4, InputBox.Length: 4 } && float.IsFinite(p.Value) && p.Row is null or >= 0 && p.Column is null or >= 0 && p.Box[2] >= 0 && p.Box[3] >= 0), "a place is impossible");
                Ensure(unit.Images.Zip(unit.Images.Skip(1)).All(p => p.First.Value >= p.Second.Value), "the images of a unit are out of order");
            }

            static void Ensure([DoesNotReturnIf(false)] bool holds, string what)
            {
                if (!holds) throw new JsonException(what);
            }
        }

        public MaxActivatingImageSet ToSet()
        {
            var images = Images.ToDictionary(i => i.Index);
            return new MaxActivatingImageSet
            {
                Model = Model,
                ModelHash = ModelHash,
                Input = Input,
                QueryHash = QueryHash,
                Top = Top,
                PerImage = PerImage,
                Overlap = Overlap,
                PreRelu = PreRelu,
                BatchSize = BatchSize,
                ShardCount = ShardCount,
                Shards = Shards.ToArray(),
                IsComplete = IsComplete,
                ListedCount = ListedCount,
                ListHash = ListHash,
                ImageCount = ImageCount,
                FailedCount = FailedCount,
                Units = Units.Select(u => u.ToUnit(Model, images)).ToArray(),
            };
        }
    }

    private sealed record StoredImage(long Index, string Path, string? Label);

    private sealed record StoredUnit(string Layer, int? Channel, string? Direction, bool IsRandom, int? Row, int? Column, StoredPlace[] Images)
    {
        public static StoredUnit Of(MaxActivatingUnit u) => new(u.Layer, u.Channel, u.Direction, u.IsRandom, u.Row, u.Column,
            [.. u.Images.Select(i => new StoredPlace(i.Index, i.Value, i.Row, i.Column, Numbers(i.Box), Numbers(i.InputBox)))]);

        public MaxActivatingUnit ToUnit(string model, IReadOnlyDictionary<long, StoredImage> images) => new()
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

        private static PixelBox Box(int[] numbers) => numbers is [var x, var y, var width, var height] ? new PixelBox(x, y, width, height) : throw new JsonException("a box has four numbers");
    }

    private sealed record StoredPlace(long Image, float Value, int? Row, int? Column, int[] Box, int[] InputBox);
}
