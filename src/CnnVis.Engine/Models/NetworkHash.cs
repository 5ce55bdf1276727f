using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CnnVis.Engine.Graphs;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>A fingerprint of a network: its nodes, its numbers and how it takes pictures; not its name, nor where it computes.</summary>
public static class NetworkHash
{
    private const int Part = 1 << 24; // between two looks at the token
    private static readonly ConditionalWeakTable<Network, string> _known = [];

    /// <summary>SHA-256 in hexadecimal digits.</summary>
    public static string Of(Network network, CancellationToken cancellation = default) => _known.GetValue(network, n => Compute(n, cancellation));

    private static string Compute(Network network, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"{network.Input}");
        foreach (Node node in network.Graph.Nodes)
        {
            Add($"{node.Name}|{node.Operator.Type}|{string.Join(',', node.Inputs)}|{node.Output}");
            foreach (var (name, value) in node.Operator.Attributes.Values) AddAttribute(name, value);
        }
        foreach (var (name, parameter) in network.Graph.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            Add(name);
            AddTensor(parameter);
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + '\n'));

        void AddTensor(Tensor tensor)
        {
            Add($"{tensor.dtype} [{string.Join(',', tensor.shape)}]");
            for (ReadOnlySpan<byte> bytes = tensor.cpu().contiguous().bytes; bytes.Length > 0; bytes = bytes[Math.Min(Part, bytes.Length)..])
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(bytes[..Math.Min(Part, bytes.Length)]);
            }
        }

        void AddAttribute(string name, object value)
        {
            Add(name);
            switch (value)
            {
                case Tensor tensor:
                    AddTensor(tensor);
                    break;
                case long[] integers:
                    hash.AppendData(MemoryMarshal.AsBytes(integers.AsSpan()));
                    break;
                case float[] numbers:
                    hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
                    break;
                case string[] texts:
                    Add(string.Join('|', texts));
                    break;
                default:
                    Add(FormattableString.Invariant($"{value}"));
                    break;
            }
        }
    }
}
