namespace Duplex.Messaging.Filtering;

/// <summary>A validated node of a filter.</summary>
internal abstract class TagsPredicate
{
    public abstract bool Matches(IReadOnlyDictionary<string, string>? tags);
}

/// <summary>Matches when all operands match.</summary>
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

/// <summary>Matches when any operand matches.</summary>
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

/// <summary>Matches when the operand does not.</summary>
internal sealed class Not(TagsPredicate operand) : TagsPredicate
{
    public override bool Matches(IReadOnlyDictionary<string, string>? tags) => !operand.Matches(tags);
}
