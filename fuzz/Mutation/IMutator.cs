namespace Duplex.Fuzz.Mutation;

/// <summary>Makes inputs out of seeds.</summary>
public interface IMutator
{
    byte[] Next(Random random, IReadOnlyList<byte[]> seeds);
}
