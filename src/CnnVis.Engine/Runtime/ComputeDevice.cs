using System.Globalization;
using System.Text.RegularExpressions;
using TorchSharp;

namespace CnnVis.Engine.Runtime;

/// <summary>Where the arithmetic happens: <c>cpu</c>, <c>cuda</c>, <c>cuda:n</c> or <c>mps</c>.</summary>
public static partial class ComputeDevice
{
    /// <summary>Name of the one that is always there.</summary>
    public const string Processor = "cpu";

    /// <summary>The device of that name.</summary>
    /// <exception cref="CnnVisException">No such device is known, or this machine or this build of libtorch lacks it.</exception>
    public static torch.Device Parse(string name)
    {
        Match match = Name().Match(name);
        if (!match.Success) throw new CnnVisException(ErrorIds.DeviceNotAvailable, $"'{name}' is no device. Use cpu, cuda, cuda:0 or mps.", name);
        switch (match.Groups["kind"].Value.ToLowerInvariant())
        {
            case Processor:
                return torch.CPU;
            case "mps":
                return torch.mps_is_available() ? torch.MPS
                    : throw new CnnVisException(ErrorIds.DeviceNotAvailable, "This machine offers no Metal device (mps): it takes a Mac with Apple silicon. Leave -Device out to compute on the processor.", name);
            default:
                if (!torch.cuda.is_available())
                    throw new CnnVisException(ErrorIds.DeviceNotAvailable, "No CUDA device can be used: either this machine has none, or its driver is missing, or the libtorch beside CnnVis is the processor-only build. Leave -Device out to compute on the processor.", name);
                int index = match.Groups["index"].Success ? int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture) : 0;
                return index < torch.cuda.device_count() ? torch.device(DeviceType.CUDA, index)
                    : throw new CnnVisException(ErrorIds.DeviceNotAvailable, $"There is no CUDA device {index}: this machine has {torch.cuda.device_count()}, numbered from 0.", name);
        }
    }

    /// <summary>Threads of the processor that compute.</summary>
    public static int Threads => torch.get_num_threads();

    /// <summary>Sets how many threads of the processor compute; null leaves it as it is.</summary>
    public static void SetThreads(int? threads)
    {
        if (threads is { } count) torch.set_num_threads(count);
    }

    /// <summary>Returns where the device is there.</summary>
    /// <exception cref="CnnVisException">It is not.</exception>
    public static void Ensure(string name) => Parse(name);

    /// <summary>Its name, as <see cref="Parse"/> takes it.</summary>
    public static string NameOf(torch.Device device) => device.type switch
    {
        DeviceType.CUDA => $"cuda:{Math.Max(0, device.index)}",
        DeviceType.MPS => "mps",
        _ => Processor,
    };

    [GeneratedRegex("^(?<kind>cpu|mps|cuda(:(?<index>[0-9]{1,3}))?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
