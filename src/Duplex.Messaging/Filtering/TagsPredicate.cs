namespace Duplex.Messaging.Filtering;

/// <summary>A node of a filter that is known to be well formed.</summary>
internal abstract class TagsPredicate
{
    public abstract bool Matches(IReadOnlyDictionary<string, string>? tags);
}

/// <summary>True when all operands are.</summary>
internal sealed class AllOf(TagsPredicate[] operands) : TagsPredicate
{
    public override bool Matches(IReadOnlyDictionary<string, string>? tags)
    {
        foreach (var operand in operands)
        {
            if (!operand.Matches(tags)) return false;
        }

        return true;
    }
}

/// <summary>True when any operand is.</summary>
internal sealed class AnyOf(TagsPredicate[] operands) : TagsPredicate
{
    public override bool Matches(IReadOnlyDictionary<string, string>? tags)
    {
        foreach (var operand in operands)
        {
            if (operand.Matches(tags)) return true;
        }

        return false;
    }
}

/// <summary>True when the operand is not.</summary>
internal sealed class Not(TagsPredicate operand) : TagsPredicate
{
    public override bool Matches(IReadOnlyDictionary<string, string>? tags) => !operand.Matches(tags);
}
