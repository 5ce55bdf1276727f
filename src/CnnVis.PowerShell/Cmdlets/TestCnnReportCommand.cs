using System.Management.Automation;
using CnnVis.Engine.Models;
using CnnVis.Engine.Reports;
using CnnVis.PowerShell.Loading;
using CnnVis.PowerShell.Parameters;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>Runs entries of a report again, and says what differs.</summary>
[Cmdlet(VerbsDiagnostic.Test, "CnnReport", DefaultParameterSetName = PathSet), OutputType(typeof(CnnReportCheck))]
public sealed class TestCnnReportCommand : PathCommand
{
    /// <summary>Cmdlets that a report may run again: they ask, and write nothing. Nothing else that stands in a file ever runs.</summary>
    private static readonly string[] _asking = ["Compare-CnnHumanLabel", "ConvertTo-Tsne", "Find-CnnCorrespondence", "Find-MaxActivatingImage", "Get-CnnActivation", "Get-CnnCode", "Get-CnnFilter", "Get-CnnLayer", "Get-CnnModel", "Get-CnnPrediction", "Get-ImageAttribute", "Get-SaliencyMap",
        "Invoke-Occlusion", "Measure-CnnAccuracy", "Measure-CnnActivation", "Measure-CnnCorrespondence", "Measure-CnnHumanStudy", "Measure-CnnRobustness", "Measure-SaliencyMap", "New-AdversarialExample", "New-CnnClassImage", "New-FoolingImage"];

    /// <summary>Of these, the ones that answer about each picture by itself.</summary>
    private static readonly string[] _pictureByPicture = ["Get-CnnActivation", "Get-CnnPrediction", "Get-ImageAttribute", "Get-SaliencyMap", "Invoke-Occlusion", "New-AdversarialExample"];

    /// <summary>Parameters that would write files, or go on from some.</summary>
    private static readonly string[] _writing = ["CheckpointPath", "Checkpoint", "OutFile", "OutputPath", "Destination", "StoppedVariable", "OutVariable", "PipelineVariable", "ErrorVariable", "WarningVariable", "InformationVariable", "PassThru", "Confirm", "WhatIf"];

    /// <summary>How many entries to run, chosen by -Seed.</summary>
    [Parameter, ValidateRange(0, int.MaxValue)]
    public int Count { get; set; } = 5;

    /// <summary>Run all entries.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Networks that are not found by name or file, as objects.</summary>
    [Parameter, ValidateNotNullOrEmpty, ArgumentCompleter(typeof(ModelCompleter))]
    public ModelReference[] Model { get; set; } = [];

    /// <summary>Relative difference up to which numbers are the same; those below a millionth are compared by that.</summary>
    [Parameter, ValidateRange(0.0, 1.0)]
    public double Tolerance { get; set; } = ReportComparison.Tolerance;

    /// <summary>Of the choice of entries.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => EngineNatives.Ensure();

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string path in ResolvePaths())
        {
            try
            {
                Check(path);
            }
            catch (CnnVisException error)
            {
                Report(error);
            }
        }
    }

    private void Check(string path)
    {
        var (document, sources, alterations) = ReportPage.Read(path);
        if (document.Version != ReportBuilder.Version) WriteWarning($"'{path}' was written by CnnVis {document.Version} and this is {ReportBuilder.Version}: numbers may differ, and whether the page's text was altered cannot be told.");
        foreach (var (number, what) in alterations)
            WriteObject(new CnnReportCheck { Report = path, Entry = number, Title = document.Entries.FirstOrDefault(e => e.Number == number)?.Title ?? "", Status = ReportCheckStatus.Altered, Difference = what, LargestDifference = double.NaN });
        ReportEntry[] entries = [.. document.Entries.Where(e => e.Origin is not null)];
        if (!All)
        {
            new Random(Seed).Shuffle(entries);
            // What can be run comes first; what cannot is told where there is room.
            entries = [.. entries.OrderBy(e => Refusal(e) is null ? 0 : 1).Take(Count).OrderBy(e => e.Number)];
        }
        var bar = new ProgressBar(this, "Testing a report");
        for (int i = 0; i < entries.Length; i++)
        {
            Cancellation.ThrowIfCancellationRequested();
            bar.Show((double)i / entries.Length, () => $"{i} of {entries.Length} entries");
            WriteObject(Check(path, entries[i], sources, document.Limit));
        }
        bar.End();
    }

    private CnnReportCheck Check(string path, ReportEntry entry, IReadOnlyList<string> sources, int? limit)
    {
        CnnReportCheck Found(ReportCheckStatus status, string difference, double largest = double.NaN) => new() { Report = path, Entry = entry.Number, Title = entry.Title, Status = status, Difference = difference, LargestDifference = largest };
        if (Refusal(entry) is { } refusal) return Found(ReportCheckStatus.NotRun, refusal);
        ReportOrigin origin = entry.Origin!;
        foreach (ReportSource image in origin.Images)
        {
            if (image.Hash.Length == 0) return Found(ReportCheckStatus.NotRun, $"the picture '{image.Name}' was no file");
            string now = ReportBuilder.HashOf(image.Name);
            if (now.Length == 0) return Found(ReportCheckStatus.NotRun, $"the picture '{image.Name}' is not there");
            if (now != image.Hash) return Found(ReportCheckStatus.Differs, $"the picture '{image.Name}' is another one: SHA-256 {now[..16]}");
        }
        try
        {
            var networks = origin.Models.Select(m => (Said: m, Network: Find(m))).ToArray();
            foreach (var (said, network) in networks)
            {
                if (network is null) return Found(ReportCheckStatus.NotRun, $"the network '{said.Name}' ({said.Source}) is not here: give it with -Model");
                if (said.Hash.Length > 0 && NetworkHash.Of(network, Cancellation) != said.Hash) return Found(ReportCheckStatus.Differs, $"the network '{said.Name}' has other weights: SHA-256 {NetworkHash.Of(network, Cancellation)[..16]}");
            }
            var results = Run(entry, origin, networks.Select(n => n.Network!).ToArray());
            var (difference, largest, match) = ReportComparison.Compare(entry, [.. results.Select(r => (r.BaseObject.GetType().FullName ?? "", ResultProperties.Of(r)))], Tolerance);
            if (difference.Length == 0 && match >= 0)
            {
                var again = new ReportBuilder(new DrawOptions { Limit = limit, Cancellation = Cancellation });
                again.Add(results[match].BaseObject, ResultProperties.Of(results[match]), ResultProperties.Title(results[match]));
                difference = ReportComparison.CompareTold(entry, again.Build(entry.Title).Entries[0], again.Pictures, sources, Tolerance);
            }
            return Found(difference.Length == 0 ? ReportCheckStatus.Same : ReportCheckStatus.Differs, difference, largest);
        }
        catch (Exception error) when (error is CnnVisException or RuntimeException and not PipelineStoppedException)
        {
            return Found(ReportCheckStatus.NotRun, error.Message);
        }
    }

    /// <summary>Why an entry is not run; null where it is.</summary>
    private static string? Refusal(ReportEntry entry)
    {
        ReportOrigin origin = entry.Origin!;
        if (!_asking.Contains(origin.Command, StringComparer.OrdinalIgnoreCase)) return $"{origin.Command} is none of the cmdlets that a report runs again";
        if (!origin.IsRepeatable) return "a parameter was an object, which the report does not hold";
        if (origin.HasInput && !(origin.Images.Count > 0 && _pictureByPicture.Contains(origin.Command, StringComparer.OrdinalIgnoreCase))) return "it was made of objects that came down the pipeline";
        return origin.Parameters.FirstOrDefault(p => _writing.Contains(p.Name, StringComparer.OrdinalIgnoreCase) && p.Name != "PassThru") is { } writing ? $"it was made with -{writing.Name}, which writes" : null;
    }

    private Network? Find(ReportSource said)
    {
        foreach (ModelReference reference in Model)
            if (reference.Resolve(this, "cpu") is var given && given.Name == said.Name) return given;
        if (ModelCatalog.Knows(said.Name)) return new ModelReference(said.Name).Resolve(this, "cpu");
        return File.Exists(said.Source) ? new ModelReference(said.Source).Resolve(this, "cpu") : null;
    }

    /// <summary>Runs the cmdlet with the parameters of the report: by name and value, never as text that is parsed.</summary>
    private List<PSObject> Run(ReportEntry entry, ReportOrigin origin, Network[] networks)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand($"CnnVis\\{origin.Command}");
        bool byPicture = _pictureByPicture.Contains(origin.Command, StringComparer.OrdinalIgnoreCase) && origin.Images.Count > 0;
        foreach (ReportParameter parameter in origin.Parameters)
        {
            if (_writing.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase) || byPicture && parameter.Name is ("Path" or "LiteralPath" or "Recurse")) continue;
            if (parameter.Name == "Model" && networks.Length > 0) shell.AddParameter("Model", networks.Length == 1 ? networks[0] : networks);
            else if (parameter.IsSwitch) shell.AddParameter(parameter.Name, parameter.Values is ["True"]);
            else shell.AddParameter(parameter.Name, parameter.Values.Count == 1 ? parameter.Values[0] : parameter.Values.ToArray());
        }
        if (byPicture) shell.AddParameter("LiteralPath", origin.Images.Select(i => i.Name).Distinct(StringComparer.Ordinal).ToArray());
        shell.AddParameter("WarningAction", ActionPreference.SilentlyContinue);
        return [.. shell.Invoke()];
    }
}
