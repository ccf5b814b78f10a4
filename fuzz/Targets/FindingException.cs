namespace Duplex.Fuzz.Targets;

/// <summary>Thrown when an input violates a property.</summary>
public sealed class FindingException(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds) throw new FindingException(message);
    }
}
