namespace Duplex.Fuzz.Mutation;

/// <summary>Generates inputs from seeds.</summary>
public interface IMutator
{
    byte[] Next(Random random, IReadOnlyList<byte[]> seeds);
}
