namespace Duplex.Fuzz.Targets;

/// <summary>An input showed that a promise does not hold.</summary>
public sealed class FindingException(string message) : Exception(message)
{
    public static void Unless(bool holds, string message)
    {
        if (!holds) throw new FindingException(message);
    }
}
