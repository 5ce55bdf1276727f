namespace CnnVis.Engine.Models.Downloads;

/// <summary>Where weight files are published: torchvision's server, or the copy that <c>$env:CNNVIS_MIRROR</c> names.</summary>
public static class WeightServer
{
    /// <summary>Environment variable that names a copy: the address of the folder with the files.</summary>
    public const string Variable = "CNNVIS_MIRROR";

    /// <summary>Torchvision's.</summary>
    public static Uri Published { get; } = new("https://download.pytorch.org/models/");

    /// <summary>The address of a file. The variable is read anew each time.</summary>
    /// <exception cref="CnnVisException">The variable is no http or https address.</exception>
    public static Uri AddressOf(string file)
    {
        string? mirror = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(mirror)) return new Uri(Published, file);
        return Uri.TryCreate(mirror.Trim().TrimEnd('/') + "/", UriKind.Absolute, out Uri? folder) && folder.Scheme is "http" or "https"
            ? new Uri(folder, file)
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"$env:{Variable} is '{mirror}'; it takes the http or https address of a folder with weight files.", mirror);
    }

    /// <summary>Refuses what anybody on the way could change unseen: http from another machine, where only the digits in the name are known of the file's hash.</summary>
    /// <exception cref="CnnVisException">It is such an address.</exception>
    public static void EnsureGuarded(PublishedFile file)
    {
        Uri address = file.Address;
        if (address.Scheme != "http" || address.IsLoopback || file.HashPrefix.Length == 64) return;
        throw new CnnVisException(ErrorIds.InvalidArgument, $"$env:{Variable} is an http address, and the name of '{file.Name}' holds too little of its hash to tell that nobody changed it on the way. Name an https address, or let $env:{KnownHashes.Variable} name a file with its SHA-256, as sha256sum writes it.", Variable);
    }
}
