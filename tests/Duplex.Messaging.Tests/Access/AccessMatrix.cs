using System.Globalization;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Counts the cases of a matrix, and lists those whose outcome is not the one that the rules give.</summary>
internal sealed class AccessMatrix
{
    private const int MostListed = 20;

    private readonly List<string> _wrong = [];
    private int _allowed;
    private int _refused;

    public static bool[] Both { get; } = [false, true];

    /// <param name="expected">The code that the rules give.</param>
    /// <param name="actual">The code that the client received.</param>
    /// <param name="hasEffect">Whether the command did what it names.</param>
    /// <param name="description">The case.</param>
    public void Check(int expected, int actual, bool hasEffect, object description)
    {
        if (expected == AccessRules.Allowed) _allowed++;
        else _refused++;
        if (actual != expected) _wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{description}: {actual}, expected {expected}"));
        else if (hasEffect != (expected == AccessRules.Allowed)) _wrong.Add($"{description}: {(hasEffect ? "refused, with an effect" : "allowed, without an effect")}");
    }

    /// <summary>Fails where a case is wrong, or where the matrix allows or refuses nothing and so proves nothing.</summary>
    /// <param name="allows">Whether the rules allow any of the cases.</param>
    public void Holds(bool allows = true)
    {
        Assert.True(_allowed > 0 == allows && _refused > 0);
        Assert.True(_wrong.Count == 0, $"{_wrong.Count} of {_allowed + _refused} cases:\n{string.Join('\n', _wrong.Take(MostListed))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_allowed} allowed, {_refused} refused");
    }
}
