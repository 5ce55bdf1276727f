namespace CnnVis;

/// <summary>The stable ids of every error that the module reports.</summary>
public static class ErrorIds
{
    /// <summary>The path names no file.</summary>
    public const string PathNotFound = nameof(PathNotFound);

    /// <summary>The folder holds no pictures.</summary>
    public const string NoImages = nameof(NoImages);

    /// <summary>The folder, or what is in it, may not be read.</summary>
    public const string FolderUnreadable = nameof(FolderUnreadable);

    /// <summary>The file is no picture, or is damaged.</summary>
    public const string ImageUnreadable = nameof(ImageUnreadable);

    /// <summary>The picture has more pixels than the limit.</summary>
    public const string ImageTooLarge = nameof(ImageTooLarge);

    /// <summary>The network's answer to the picture is not a number.</summary>
    public const string AnswerNotANumber = nameof(AnswerNotANumber);

    /// <summary>The file could not be written.</summary>
    public const string WriteFailed = nameof(WriteFailed);

    /// <summary>The file exists and may not be replaced.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>No network of that name, and no such file.</summary>
    public const string ModelNotFound = nameof(ModelNotFound);

    /// <summary>The file is no network, or is damaged.</summary>
    public const string ModelUnreadable = nameof(ModelUnreadable);

    /// <summary>The file holds no weights that can be read, or is damaged.</summary>
    public const string WeightsUnreadable = nameof(WeightsUnreadable);

    /// <summary>The weights are not those of the network: some are missing, unexpected or of another shape.</summary>
    public const string WeightsMismatch = nameof(WeightsMismatch);

    /// <summary>The file holds no codes that can be read, or is damaged.</summary>
    public const string CodesUnreadable = nameof(CodesUnreadable);

    /// <summary>The network's weights could not be downloaded.</summary>
    public const string DownloadFailed = nameof(DownloadFailed);

    /// <summary>The network uses an operator that is not known.</summary>
    public const string OperatorNotSupported = nameof(OperatorNotSupported);

    /// <summary>The network has no such layer.</summary>
    public const string LayerNotFound = nameof(LayerNotFound);

    /// <summary>The layer has no filters to show.</summary>
    public const string LayerHasNoFilters = nameof(LayerHasNoFilters);

    /// <summary>The network has no such class.</summary>
    public const string ClassNotFound = nameof(ClassNotFound);

    /// <summary>The layer has no such channel.</summary>
    public const string ChannelNotFound = nameof(ChannelNotFound);

    /// <summary>The device is not there.</summary>
    public const string DeviceNotAvailable = nameof(DeviceNotAvailable);

    /// <summary>The native libraries are missing or do not load.</summary>
    public const string NativesMissing = nameof(NativesMissing);

    /// <summary>A layer cannot be computed: memory is short, or the network does not fit together.</summary>
    public const string ComputationFailed = nameof(ComputationFailed);

    /// <summary>There is not enough memory.</summary>
    public const string OutOfMemory = nameof(OutOfMemory);

    /// <summary>A checkpoint, or a partial result of a retrieval, is damaged or none at all.</summary>
    public const string RetrievalUnreadable = nameof(RetrievalUnreadable);

    /// <summary>A checkpoint or partial result belongs to another network, question or list of images.</summary>
    public const string RetrievalMismatch = nameof(RetrievalMismatch);

    /// <summary>The file holds no answers of labelers that can be read, or is damaged.</summary>
    public const string AnswersUnreadable = nameof(AnswersUnreadable);

    /// <summary>The file is no report, or is damaged.</summary>
    public const string ReportUnreadable = nameof(ReportUnreadable);

    /// <summary>The values given do not go together.</summary>
    public const string InvalidArgument = nameof(InvalidArgument);

    /// <summary>A result was made by another network than the one that is asked, or by one that is not here.</summary>
    public const string ModelMismatch = nameof(ModelMismatch);

    /// <summary>What came down the pipeline is no picture, and is about none.</summary>
    public const string NotAPicture = nameof(NotAPicture);

    /// <summary>What came down the pipeline cannot be drawn.</summary>
    public const string NotAVisual = nameof(NotAVisual);
}
