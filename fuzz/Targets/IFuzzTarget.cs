using Duplex.Fuzz.Mutation;

namespace Duplex.Fuzz.Targets;

/// <summary>A piece of the engine that takes bytes from strangers.</summary>
public interface IFuzzTarget
{
    /// <summary>The name on the command line and of the folder in <c>seeds/</c>.</summary>
    string Name { get; }

    /// <summary>What makes inputs for it.</summary>
    IMutator Mutator { get; }

    /// <summary>
    /// Bytes that an input may make the target allocate beyond twice its own size: the limits it was given.
    /// </summary>
    long AllowedBytes { get; }

    /// <summary>Runs one input. Any exception is a finding: a peer's fault is a value.</summary>
    void Run(ReadOnlySpan<byte> input);
}
