namespace Duplex.Execution;

/// <summary>Represents a callback at the end of a shard's turn.</summary>
internal interface ITurnEnd
{
    void OnTurnEnd();
}
