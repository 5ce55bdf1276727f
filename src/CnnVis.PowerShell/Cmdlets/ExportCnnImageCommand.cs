using System.Management.Automation;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Images;
using CnnVis.Engine.Runtime;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>
/// Writes pictures of whatever can be seen. A path with <c>{…}</c> in it is a template and gives a file an item; any other file name
/// takes everything onto one sheet.
/// </summary>
[Cmdlet(VerbsData.Export, "CnnImage", SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportCnnImageCommand : CnnVisCommand
{
    private readonly List<Sheet> _sheets = [];
    private OutputFiles? _files;
    private DrawOptions _options = DrawOptions.Default;
    private int _index;

    /// <summary>What to draw: activations, filters, pictures, whatever can be seen.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true), AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file to write; its extension (png, jpg, jpeg, webp, svg) says the format; in svg charts and text stay shapes. <c>{Index}</c>, <c>{Name}</c> (the image file's name) and any property of the item in braces make it a template.</summary>
    [Parameter(Mandatory = true, Position = 0), ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Quality of JPEG and WebP, 1 to 100.</summary>
    [Parameter, ValidateRange(1, 100)]
    public int Quality { get; set; } = 92;

    /// <summary>Order of the cells: Channel (as the network numbers them, the default), or Strength with the strongest first.</summary>
    [Parameter]
    public CellOrder? Order { get; set; }

    /// <summary>Shared: one scale for the whole sheet, as units without rows and columns have by default; PerCell: one for each box, as filters and activation maps have.</summary>
    [Parameter]
    public ScaleSharing? Scale { get; set; }

    /// <summary>Write each cell's number under it; of a classifier's outputs the class.</summary>
    [Parameter]
    public SwitchParameter Number { get; set; }

    /// <summary>Pixels of the picture that a value takes on each side.</summary>
    [Parameter, ValidateRange(1, 256)]
    public int? Magnification { get; set; }

    /// <summary>Cells a row.</summary>
    [Parameter, ValidateRange(1, 4096)]
    public int? Column { get; set; }

    /// <summary>Colours, by the map's name: Gray, Ember, Lagoon, Viridis, Inferno for values of one sign; Polar, Aurora, Coolwarm for values of both, zero in the middle.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ColorMapCompleter))]
    public string? ColorMap { get; set; }

    /// <summary>How colours of made pictures are shown: Plain, as they are, or Stretched about the picture's mean colour, as papers show class images by Simonyan's and Yosinski's methods, which are stretched unless Plain is asked for. The caption says how far; numbers never depend on it.</summary>
    [Parameter]
    public PictureContrast? Contrast { get; set; }

    /// <summary>What pictures and text stand on: Light, dark text on white (the default), or Dark, light text on nearly black.</summary>
    [Parameter]
    public PageBackground Background { get; set; }

    /// <summary>Columns of pixels that the picture may have at most: sheets are magnified less, their rows go on in further lines, and what is still too wide is made smaller.</summary>
    [Parameter, ValidateRange(SheetRenderer.SmallestWidth, SheetRenderer.MaximumSide), Alias("MaxWidth")]
    public int? MaximumWidth { get; set; }

    /// <summary>Draw only the first so many cells.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? Limit { get; set; }

    /// <summary>Longest side of the picture; a larger one is refused.</summary>
    [Parameter, ValidateRange(1, SheetRenderer.MaximumSide)]
    public int MaximumSide { get; set; } = SheetRenderer.MaximumSide;

    /// <summary>Replace files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emit the files.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool IsTemplate => FileTemplate.IsTemplate(Path);

    private bool IsVector => VectorRenderer.IsVector(Path);

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        if (!IsVector) ImageFormats.FromExtension(Path); // a wrong one is told before anything is computed
        _files = new OutputFiles(this, "put {Index} or another property that tells the items apart into the file name");
        _options = new DrawOptions
        {
            Order = Order,
            Scale = Scale,
            Numbers = Number,
            Magnification = Magnification,
            Columns = Column,
            ColorMap = (ColorMap ?? UserOptions.Current.ColorMap) is { } map ? CnnVis.ColorMap.Get(map) : null,
            Contrast = Contrast,
            Background = Background,
            MaximumWidth = MaximumWidth,
            Limit = Limit,
            Cancellation = Cancellation,
        };
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Visuals.Of(InputObject) is not { } visual)
        {
            Report(new CnnVisException(ErrorIds.NotAVisual, Visuals.Refusal(InputObject) ?? $"{InputObject?.BaseObject.GetType().Name ?? "Nothing"} cannot be drawn. Export-CnnImage takes what shows itself: what Get-CnnActivation, Get-CnnFilter, Get-SaliencyMap and their like give.", InputObject));
            return;
        }
        try
        {
            Sheet sheet = visual.Draw(_options);
            if (IsTemplate) Write(FileTemplate.Fill(Path, InputObject!, _index++), [sheet]);
            else
            {
                SheetRenderer.Check(sheet, _options); // what cannot be drawn is this item's error, and not the whole file's
                _sheets.Add(sheet);
            }
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_sheets.Count == 0) return;
        try
        {
            Write(Path, _sheets);
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }

    private void Write(string path, IReadOnlyList<Sheet> sheets)
    {
        if (IsVector) Emit(_files!.Write(path, "Write an SVG picture", Force, stream => stream.Write(VectorRenderer.Render(sheets, _options))));
        else Write(path, SheetRenderer.Render(sheets, _options));
    }

    private void Write(string path, PixelImage picture)
    {
        if (Math.Max(picture.Width, picture.Height) > MaximumSide)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The picture would be {picture} pixels, more than {MaximumSide} a side. Draw fewer cells with -Limit, smaller ones with -Magnification, or raise -MaximumSide.", path);
        Emit(_files!.Write(path, $"Write a picture of {picture} pixels", Force, stream => stream.Write(ImageCodec.Encode(picture, ImageFormats.FromExtension(path), Quality))));
    }

    private void Emit(string? file)
    {
        if (PassThru && file is not null) WriteFile(file);
    }
}
