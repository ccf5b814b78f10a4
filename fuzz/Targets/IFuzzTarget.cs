using Duplex.Fuzz.Mutation;

namespace Duplex.Fuzz.Targets;

/// <summary>Part of Duplex that parses bytes from peers.</summary>
public interface IFuzzTarget
{
    /// <summary>Name on the command line and of the folder in <c>seeds/</c>.</summary>
    string Name { get; }

    /// <summary>Generator of inputs for this target.</summary>
    IMutator Mutator { get; }

    /// <summary>
    /// Maximum allocation in bytes for one input beyond twice the size of the input: the limits of the target.
    /// </summary>
    long AllowedBytes { get; }

    /// <summary>Runs one input. Any exception is a finding: a peer's fault is a value.</summary>
    void Run(ReadOnlySpan<byte> input);
}
