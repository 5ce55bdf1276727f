using System.Management.Automation;
using CnnVis.Engine.Corruptions;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Corrupts pictures as ImageNet-C does: noise, blur, weather, compression, in five severities.</summary>
[Cmdlet(VerbsCommon.New, "CorruptedImage", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(CorruptedImage))]
public sealed class NewCorruptedImageCommand : ImageCommand
{
    private IReadOnlyList<ICorruption> _corruptions = [];
    private OutputFiles? _files;
    private int _index;

    /// <summary>Corruptions by name or wildcard (GaussianNoise, gaussian_noise, *noise), or families of them: Noise, Blur, Weather, Digital, Extra; All is ImageNet-C's fifteen, * those and the four extra. Tab lists them.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty, SupportsWildcards, ArgumentCompleter(typeof(CorruptionCompleter))]
    public string[] Corruption { get; set; } = ["All"];

    /// <summary>Severities, from 1 to 5.</summary>
    [Parameter(Position = 2), ValidateNotNullOrEmpty, ValidateRange(1, 5)]
    public int[] Severity { get; set; } = [1, 2, 3, 4, 5];

    /// <summary>Write and read each picture as JPEG of that quality, as the published pictures were with 85. Left out, it is not.</summary>
    [Parameter, ValidateRange(1, 100)]
    public int? JpegQuality { get; set; }

    /// <summary>Seed of everything random. The same seed and picture give the same result.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; }

    /// <summary>Write the pictures: a folder, which gets ImageNet-C's folders (corruption/severity/class/name.png), or a PNG, JPEG or WebP file name with {Name}, {Corruption}, {Severity} or {Index} in it.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Replace files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Corrupting";

    /// <inheritdoc/>
    private protected override void Start()
    {
        InputPixels.Ensure(Network);
        _corruptions = CorruptionMethods.Parse(Corruption);
        if (OutputPath is null || _files is not null) return;
        if (FileTemplate.IsTemplate(OutputPath)) ImageFormats.FromExtension(OutputPath);
        _files = new OutputFiles(this, "put {Index} or another property that tells the items apart into the file name");
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        PixelImage[] images = InputPixels.Of(batch, Network.Input);
        batch.InOrder(Report, (image, row) =>
        {
            foreach (ICorruption corruption in _corruptions)
                foreach (int severity in Severity)
                {
                    Cancellation.ThrowIfCancellationRequested();
                    Give(new CorruptedImage
                    {
                        Path = image.Path,
                        Origin = new Origin(Network),
                        Corruption = corruption.Name,
                        Severity = severity,
                        Original = images[row],
                        Image = Corruptor.Apply(images[row], corruption, severity, Seed, JpegQuality),
                    });
                }
        });
    }

    private void Give(CorruptedImage corrupted)
    {
        try
        {
            if (OutputPath is null)
            {
                WriteObject(corrupted);
                return;
            }
            string path = FileTemplate.IsTemplate(OutputPath) ? FileTemplate.Fill(OutputPath, new PSObject(corrupted), _index++)
                : System.IO.Path.Join(OutputPath, corrupted.Corruption, $"{corrupted.Severity}", FolderLabel.Of(corrupted.Path), System.IO.Path.GetFileNameWithoutExtension(corrupted.Path) + ".png");
            string? file = _files!.Write(path, "Write a corrupted picture", Force, stream => stream.Write(ImageCodec.Encode(corrupted.Image, ImageFormats.FromExtension(path), 95)));
            WriteObject(corrupted with { OutputPath = file });
        }
        catch (CnnVisException error)
        {
            Report(error);
        }
    }
}
