using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnVis.Engine.Graphs.Patches;

/// <summary>Where a tensor's numbers lie.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Address of a contiguous tensor in the processor's memory; it holds as long as the tensor does.</summary>
    public static nint Address(Tensor tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
