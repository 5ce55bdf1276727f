using System.Management.Automation;
using CnnVis.Engine.Adversarial;
using CnnVis.Engine.Images;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Changes pictures a little so that a network no longer sees what they show.</summary>
[Cmdlet(VerbsCommon.New, "AdversarialExample", DefaultParameterSetName = PathSet, SupportsShouldProcess = true), OutputType(typeof(AdversarialExample))]
public sealed class NewAdversarialExampleCommand : AttackCommand
{
    private AttackRun? _run;
    private OutputFiles? _files;
    private int _index;

    /// <summary>Write the changed pictures as PNG files, read them again and ask the network about them. A folder, or a file name with {Name}, {Method}, {Epsilon}, {Index} or any other property in it.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Replace files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Attacking";

    /// <inheritdoc/>
    private protected override void Start()
    {
        base.Start();
        _run = new AttackRun(Attacked.Network, Attacked.Query);
        if (OutputPath is null || _files is not null) return;
        if (System.IO.Path.GetExtension(OutputPath) is { Length: > 0 } extension)
        {
            if (!extension.Equals(".png", StringComparison.OrdinalIgnoreCase))
                throw new CnnVisException(ErrorIds.InvalidArgument, $"'{OutputPath}' would not keep every value as it is: write PNG files.", OutputPath);
        }
        else OutputPath = System.IO.Path.Combine(OutputPath, Attacked.Query.Epsilons.Count > 1 ? "{Name}-{Method}-{Epsilon}.png" : "{Name}-{Method}.png");
        _files = new OutputFiles(this, "put {Index} or another property that tells the items apart into the file name");
    }

    /// <inheritdoc/>
    private protected override void Process(ImageBatch batch)
    {
        var examples = _run!.Add(batch, Attacked.Labels, Report, ShowShare, Cancellation);
        batch.InOrder(Report, (_, index) => Give(examples[index]));
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach (var examples in _run!.Finish(ShowShare, Cancellation)) Give(examples);
    }

    private void Give(IReadOnlyList<AdversarialExample> examples)
    {
        foreach (AdversarialExample example in examples)
        {
            try
            {
                WriteObject(OutputPath is null ? example : Written(example));
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }

    private AdversarialExample Written(AdversarialExample example)
    {
        PixelImage picture = AdversarialFile.Picture(example, Network);
        string path = FileTemplate.Fill(OutputPath!, PSObject.AsPSObject(example), _index++);
        string? file = _files!.Write(path, $"Write the adversarial picture, {picture} pixels", Force, stream => stream.Write(ImageCodec.Encode(picture, ImageFormat.Png, 100)));
        return file is null ? example : example.In(file, AdversarialFile.Classify(file, Network, Cancellation));
    }
}
