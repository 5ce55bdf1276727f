namespace CnnVis;

/// <summary>Pictures that some labelers are right about and others are not, as a sheet.</summary>
/// <param name="Title">Which.</param>
/// <param name="Pictures">The pictures, those first about which most are right.</param>
public sealed record OutcomePictures(string Title, IReadOnlyList<PictureOutcome> Pictures) : IVisual
{
    private const int Side = 160, MostCells = 100;

    /// <summary>How many.</summary>
    public int Count => Pictures.Count;

    /// <summary>Reads the files; null where the engine is not there.</summary>
    public required IPictureFiles? Files { private get; init; }

    /// <summary>A cell for each picture whose file is known, with what it shows and what was said instead. The first hundred, unless a limit is given.</summary>
    /// <exception cref="CnnVisException"><see cref="ErrorIds.NoImages"/>: there is no picture, or no file is known; or one cannot be read.</exception>
    public Sheet Draw(DrawOptions options)
    {
        if (Pictures.Count == 0) throw new CnnVisException(ErrorIds.NoImages, $"{Title}: there is no such picture.", Title);
        PictureOutcome[] known = [.. Pictures.Where(p => p.Path is not null)];
        if (known.Length == 0 || Files is null)
            throw new CnnVisException(ErrorIds.NoImages, $"{Title}: where the pictures' files are is not known, so that they cannot be drawn. Say which folder holds them with -ImagePath.", Title);
        PictureOutcome[] drawn = [.. known.Take(options.Limit ?? MostCells)];
        return new Sheet
        {
            Title = Title,
            Subtitle = drawn.Length < Pictures.Count ? $"{drawn.Length} of {Pictures.Count} pictures" : $"{Pictures.Count} pictures",
            Cells = [.. drawn.Select(p => Cell(p, options.Cancellation))],
            Columns = options.Columns ?? Math.Min(drawn.Length, 5),
            Scale = options.Magnification ?? 1,
        };
    }

    private SheetCell Cell(PictureOutcome picture, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        PixelImage image = Files!.Load(picture.Path!, Side);
        return new SheetCell(image.Magnify(Math.Max(1, Side / Math.Max(image.Width, image.Height))), $"{picture.Truth} ({string.Join("; ", picture.Wrong.Take(2))}{(picture.Wrong.Count > 2 ? " …" : "")})");
    }

    /// <summary>As in <c>Only people are right: 21 pictures</c>.</summary>
    public override string ToString() => $"{Title}: {Count} pictures";
}
