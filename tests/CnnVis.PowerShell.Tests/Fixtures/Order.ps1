# The order of everything, kept in a list that the last test reads.
BeforeDiscovery { $items = 1, 2 }
BeforeAll { $log = [System.Collections.Generic.List[string]]::new(); $log.Add('file') }
Describe 'outer' {
    BeforeAll { $log.Add('outer') }
    AfterAll { $log.Add('after outer') }
    BeforeEach { $log.Add('each of outer') }
    AfterEach { $log.Add('after each of outer') }
    It 'first' { $log.Add('first') }
    Context 'inner' {
        BeforeAll { $log.Add('inner') }
        AfterAll { $log.Add('after inner') }
        BeforeEach { $log.Add('each of inner') }
        AfterEach { $log.Add('after each of inner') }
        It 'item <_>' -ForEach $items { $log.Add("item $_") }
    }
    Context 'all skipped' {
        BeforeAll { $log.Add('never') }
        It 'skipped' -Skip { $log.Add('never') }
    }
    It 'last' { $log.Add('last') }
}
Describe 'the order' {
    It 'is that of Pester' {
        $log | Should -Be @(
            'file', 'outer'
            'each of outer', 'first', 'after each of outer'
            'inner'
            'each of outer', 'each of inner', 'item 1', 'after each of inner', 'after each of outer'
            'each of outer', 'each of inner', 'item 2', 'after each of inner', 'after each of outer'
            'after inner'
            'each of outer', 'last', 'after each of outer'
            'after outer'
        )
    }
}
