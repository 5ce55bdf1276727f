using System.Management.Automation;

namespace CnnVis.PowerShell.Cmdlets;

/// <summary>PowerShell's error records from the module's exceptions.</summary>
internal static class Errors
{
    public static ErrorRecord Record(CnnVisException error)
    {
        var record = new ErrorRecord(error, error.ErrorId, Category(error.ErrorId), error.Target);
        record.CategoryInfo.TargetName = VisibleText.Of(record.CategoryInfo.TargetName);
        return record;
    }

    private static ErrorCategory Category(string id) => id switch
    {
        ErrorIds.PathNotFound or ErrorIds.NoImages or ErrorIds.ModelNotFound or ErrorIds.LayerNotFound or ErrorIds.ClassNotFound or ErrorIds.ChannelNotFound => ErrorCategory.ObjectNotFound,
        ErrorIds.ImageUnreadable or ErrorIds.RetrievalUnreadable or ErrorIds.ModelUnreadable or ErrorIds.WeightsUnreadable or ErrorIds.WeightsMismatch or ErrorIds.CodesUnreadable or ErrorIds.AnswersUnreadable or ErrorIds.ReportUnreadable => ErrorCategory.InvalidData,
        ErrorIds.ImageTooLarge => ErrorCategory.LimitsExceeded,
        ErrorIds.DownloadFailed => ErrorCategory.ConnectionError,
        ErrorIds.WriteFailed => ErrorCategory.WriteError,
        ErrorIds.FileExists => ErrorCategory.ResourceExists,
        ErrorIds.OperatorNotSupported => ErrorCategory.NotImplemented,
        ErrorIds.ComputationFailed => ErrorCategory.InvalidOperation,
        ErrorIds.DeviceNotAvailable or ErrorIds.NativesMissing or ErrorIds.OutOfMemory => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.InvalidArgument,
    };
}
