using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using CnnVis.Engine.Drawing;
using CnnVis.Engine.Images;
using CnnVis.Engine.Runtime;
using CnnVis.Engine.Terminals;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Shows whatever can be seen in the terminal, or in the system's viewer.</summary>
[Cmdlet(VerbsCommon.Show, "CnnImage"), OutputType(typeof(void))]
public sealed class ShowCnnImageCommand : CnnVisCommand
{
    /// <summary>Rows that stay free for the prompt.</summary>
    private const int PromptRows = 2;

    private DrawOptions _options = DrawOptions.Default;

    /// <summary>What to show: activations, filters, maps, whatever can be seen; or a picture file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>How the terminal is given the picture: Kitty, ITerm2, Sixel or Blocks. Left out, it is that of Set-CnnOption, or the best that the terminal says it knows.</summary>
    [Parameter]
    public TerminalProtocol? Protocol { get; set; }

    /// <summary>Columns of the terminal that the picture may take; all if left out.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? Width { get; set; }

    /// <summary>Rows of the terminal that the picture may take; all but two if left out.</summary>
    [Parameter, ValidateRange(1, 1000)]
    public int? Height { get; set; }

    /// <summary>Open the picture in the system's viewer instead.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>Order of the cells: Channel (as the network numbers them, the default), or Strength with the strongest first.</summary>
    [Parameter]
    public CellOrder? Order { get; set; }

    /// <summary>Colours, by the map's name: Gray, Ember, Lagoon, Viridis, Inferno for values of one sign; Polar, Aurora, Coolwarm for values of both, zero in the middle.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ColorMapCompleter))]
    public string? ColorMap { get; set; }

    /// <summary>What pictures and text stand on: Light, dark text on white (the default), or Dark, light text on nearly black.</summary>
    [Parameter]
    public PageBackground Background { get; set; }

    /// <summary>Draw only the first so many cells.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? Limit { get; set; }

    /// <summary>What is written reaches a terminal that somebody looks at.</summary>
    private bool IsTerminal => !Console.IsOutputRedirected && Host.Name is ("ConsoleHost" or "Visual Studio Code Host");

    /// <inheritdoc/>
    protected override void Begin()
    {
        EngineNatives.Ensure();
        if (!Open && !IsTerminal)
            throw new CnnVisException(ErrorIds.InvalidArgument, "There is no terminal that shows pictures here: the output is redirected, or this is a job or a remote session. Export-CnnImage writes a file, and -Open shows the picture in the system's viewer.", Host.Name);
        _options = new DrawOptions { Order = Order, Background = Background, Limit = Limit, ColorMap = (ColorMap ?? UserOptions.Current.ColorMap) is { } map ? CnnVis.ColorMap.Get(map) : null, Cancellation = Cancellation };
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (PixelImage picture in Pictures())
        {
            try
            {
                if (Open) Launch(picture);
                else Show(picture);
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }

    /// <summary>What the input shows; errors are reported.</summary>
    private IEnumerable<PixelImage> Pictures()
    {
        object? input = InputObject?.BaseObject;
        IVisual? visual = Visuals.Of(InputObject);
        string[] paths = input switch { FileSystemInfo file => [file.FullName], string text => [.. FilePaths.Resolve(this, literal: false, [text], Report)], _ => [] };
        if (input is not (FileSystemInfo or string) && visual is null)
            Report(new CnnVisException(ErrorIds.NotAVisual, Visuals.Refusal(InputObject) ?? $"{input?.GetType().Name ?? "Nothing"} cannot be shown. Show-CnnImage takes picture files, and what shows itself: what Get-CnnActivation, Get-CnnFilter, Get-SaliencyMap and their like give.", InputObject));
        Func<PixelImage>[] pictures = visual is not null ? [() => SheetRenderer.Render(visual, _options)]
            : [.. paths.SelectMany(path => ImageSources.In(path, recurse: false, Report)).Select<ImageSource, Func<PixelImage>>(source => () => ImageCodec.Decode(source.Path, DecodeOptions.Default))];
        foreach (Func<PixelImage> picture in pictures)
        {
            Cancellation.ThrowIfCancellationRequested();
            PixelImage? drawn = null;
            try
            {
                drawn = picture();
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
            if (drawn is not null) yield return drawn;
        }
    }

    private void Show(PixelImage picture)
    {
        var (columns, rows) = Terminal.Size();
        TerminalTraits traits = Terminal.Traits(Protocol ?? UserOptions.Current.TerminalPicture ?? TerminalProtocol.Auto);
        WriteVerbose($"Shown by {traits.Protocol} in a terminal of {columns} × {rows} cells of {traits.CellWidth} × {traits.CellHeight} pixels.");
        // One column less: a character in the last one would wrap in some terminals.
        Console.Out.Write(TerminalPicture.Of(picture, traits, Math.Max(1, Math.Min(Width ?? columns, columns) - 1), Math.Max(1, Math.Min(Height ?? rows, rows) - PromptRows)));
        Console.Out.Flush();
    }

    private void Launch(PixelImage picture)
    {
        string file = System.IO.Path.Join(Directory.CreateTempSubdirectory("cnnvis-").FullName, "picture.png"); // for this user alone
        AtomicFile.Write(file, ImageCodec.Encode(picture, ImageFormat.Png, 100), overwrite: false);
        try
        {
            using System.Diagnostics.Process? viewer = System.Diagnostics.Process.Start(new ProcessStartInfo(file) { UseShellExecute = true });
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            throw new CnnVisException(ErrorIds.InvalidArgument, $"This system has no viewer for pictures: {error.Message.TrimEnd('.')}. The picture is in '{file}'.", file, error);
        }
    }
}
