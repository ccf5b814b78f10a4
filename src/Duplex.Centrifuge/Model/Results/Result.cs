namespace Duplex.Centrifuge.Model.Results;

/// <summary>What a command gave. One sealed class for each method that replies.</summary>
public abstract class Result
{
    private protected Result() { }
}
