using System.Management.Automation;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Tables;
using CnnVis.PowerShell.Pipeline;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>
/// Cmdlets that show pictures to a network. Pictures are decoded ahead (<see cref="ImageStream"/>) while this thread computes and writes; results keep the order of the input, and a
/// picture that cannot be read is an error record between them. What comes down the pipeline tells pictures, network and question; all that have these in common are one run
/// (<see cref="Start"/>, <see cref="Finish"/>).
/// </summary>
public abstract class ImageCommand : NetworkCommand
{
    /// <summary>Names of the parameter sets: paths with wildcards, without, and whatever comes down the pipeline.</summary>
    protected const string PathSet = "Path", LiteralPathSet = "LiteralPath", InputSet = "InputObject";

    private ImageStream? _stream;
    private Network? _network;
    private ProgressBar? _bar, _batchBar;
    private ImageListing? _listing;
    private long _listed, _skipped;

    /// <summary>Files, folders or tar files, with wildcards. A path that exists as it stands is taken as it stands, brackets and all.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet), ValidateNotNullOrEmpty, SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files, folders or tar files, no character of theirs special.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet), ValidateNotNullOrEmpty, Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Pictures: paths, files, objects with a property Path or FullName, and what other cmdlets of CnnVis gave, of which pictures in memory are taken exactly as they are. Results also tell the network that made them, and what they
    /// are about. Beside -Path or -LiteralPath that is all they tell.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true), Parameter(ParameterSetName = PathSet, ValueFromPipeline = true), Parameter(ParameterSetName = LiteralPathSet, ValueFromPipeline = true), AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Pictures computed at a time. More is faster, and takes more memory.</summary>
    [Parameter, ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 16;

    /// <summary>Take the pictures of subfolders too.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The network that is asked; there from <see cref="Start"/> on.</summary>
    private protected Network Network => _network!;

    /// <summary>What the pictures' objects are about, and no parameter says otherwise; null where they tell nothing.</summary>
    private protected CnnQuestion? Question { get; private set; }

    /// <summary>What the progress bar says is being done.</summary>
    protected abstract string Activity { get; }

    /// <summary>Whether paths are on the command line.</summary>
    private protected bool HasPaths => ParameterSetName is PathSet or LiteralPathSet;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        Check();
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (HasPaths && InputObject is null && !MyInvocation.ExpectingInput)
        {
            Enter(null);
            AddPaths(HasPaths && ParameterSetName == LiteralPathSet ? LiteralPath : Path, ParameterSetName == LiteralPathSet);
            return;
        }
        try
        {
            foreach (Piped piped in PipedReader.Read(InputObject, wantsPictures: !HasPaths)) Process(piped);
        }
        catch (CnnVisException error) when (error.ErrorId is ErrorIds.NotAPicture or ErrorIds.InvalidArgument && ReferenceEquals(error.Target, InputObject?.BaseObject))
        {
            Report(error);
        }
    }

    /// <inheritdoc/>
    protected override void End() => Leave();

    /// <summary>Refuses what cannot be meant, before anything is read.</summary>
    private protected virtual void Check() { }

    /// <summary>Begins a run: <see cref="Network"/> and <see cref="Question"/> are known.</summary>
    private protected virtual void Start() { }

    /// <summary>Computes one batch and writes its results.</summary>
    private protected abstract void Process(ImageBatch batch);

    /// <summary>Ends a run: all its pictures have been computed.</summary>
    private protected virtual void Finish() { }

    /// <summary>What of an object's question this cmdlet asks again; null for nothing, and where its parameters say what is asked.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isPicture">Whether the object is here for its picture; otherwise it is here for the question alone.</param>
    private protected virtual CnnQuestion? Asked(CnnQuestion question, bool isPicture) => null;

    /// <summary>Takes in what an object of the pipeline tells.</summary>
    private protected virtual void Process(Piped piped)
    {
        if (HasPaths)
        {
            if (piped.Model is null && piped.Question is null)
                throw new CnnVisException(ErrorIds.InvalidArgument, $"{Sentence(PipedReader.Kind(piped.Item))} came down the pipeline, and the command line names the pictures already: leave one of them out.", InputObject?.BaseObject);
            if (Enter(piped)) AddPaths(ParameterSetName == LiteralPathSet ? LiteralPath : Path, ParameterSetName == LiteralPathSet);
            return;
        }
        if (!piped.HasPicture)
            throw new CnnVisException(ErrorIds.NotAPicture, $"{Sentence(PipedReader.Kind(piped.Item))} is no picture. {MyInvocation.MyCommand.Name} takes files, and results that are pictures or are about one{(piped.Model is null && piped.Question is null ? "" : "; name the pictures with -Path, and it tells the rest")}.", InputObject?.BaseObject);
        Enter(piped);
        if (piped.Picture is { } picture)
        {
            _listed++;
            Add(ImageSource.Of(picture) with { Label = piped.Label });
        }
        else AddPaths([piped.Path!], piped.IsLiteral, piped.Label);
    }

    /// <summary>What a picture shows: what a table says, or without one the name of its folder.</summary>
    private protected Func<string, string?> LabelsOf(string? table) => table is null ? FolderLabel.Of : LabelTable.Read(FilePaths.Plain(SessionState, table)).Find;

    /// <summary>What takes many passes tells how far a batch is.</summary>
    private protected void ShowShare(double share) => (_batchBar ??= new ProgressBar(this, "This batch", id: 1, parent: 0)).Show(share, () => $"{share:P0}");

    /// <summary>Queues a picture.</summary>
    private protected virtual void Add(ImageSource source)
    {
        _stream!.Add(source);
        if (_stream.IsFull) Compute();
    }

    /// <summary>Of how many, where that is known: more may come down the pipeline, and folders are still being listed.</summary>
    private void ShowProgress(long done)
    {
        long? total = MyInvocation.ExpectingInput ? null : _listing?.Total;
        _bar!.Show(total > 0 ? (double)done / total.Value : -1, () => $"{done:N0} {(total is { } all ? $"of {all:N0} pictures" : "pictures so far")}, {done / Math.Max(_bar!.Seconds, 1e-3):N1} a second");
    }

    /// <summary>Queues the pictures that paths name.</summary>
    private protected void AddPaths(string[] paths, bool literal, string? label = null)
    {
        using ImageListing listing = _listing = FilePaths.List(this, literal, paths, Recurse);
        foreach (ImageSource source in listing.Read(Report))
        {
            _listed++;
            Add(label is null ? source : source with { Label = label });
        }
    }

    /// <summary>Sees to it that the run is one of the network and question that an object tells.</summary>
    /// <returns>Whether a new run began.</returns>
    private protected bool Enter(Piped? piped)
    {
        Network network = NetworkOf(piped);
        CnnQuestion? question = QuestionOf(piped, network) is { } told ? Asked(told, piped!.HasPicture && !HasPaths) : null;
        if (_stream is not null && ReferenceEquals(network, _network) && Equals(question, Question)) return false;
        Leave();
        (_network, Question) = (network, question);
        _stream = new ImageStream(network, BatchSize, Cancellation);
        _bar ??= new ProgressBar(this, Activity);
        Start();
        return true;
    }

    /// <inheritdoc/>
    private protected override void Explain(Network network, string why)
    {
        base.Explain(network, why);
        TellPreparation(network, BatchSize);
    }

    /// <summary>Ends the run, if there is one.</summary>
    private protected void Leave()
    {
        if (_stream is null) return;
        while (_stream.Pending > 0) Compute();
        _bar!.End();
        Finish();
        WriteVerbose($"{_listed:N0} {(_listed == 1 ? "picture" : "pictures")} in {_bar.Seconds:N1} s, {(_skipped == 0 ? "none" : $"{_skipped:N0}")} of them skipped.");
        _stream.Dispose();
        _stream = null;
    }

    private void Compute()
    {
        using ImageBatch batch = Timed("Waiting for pictures", _stream!.Take);
        _batchBar = null;
        _skipped += batch.Count - batch.Readable.Count;
        Timed($"Computing {batch.Count} of them", () =>
        {
            Process(batch);
            return true;
        });
        _batchBar?.End();
        ShowProgress(_listed - _stream.Pending);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream?.Dispose();
        base.Dispose(disposing);
    }
}
