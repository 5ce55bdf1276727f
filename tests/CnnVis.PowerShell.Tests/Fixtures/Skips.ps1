BeforeDiscovery { $absent = $true }
Describe 'skips' {
    It 'by switch' -Skip { throw 'ran' }
    It 'by expression' -Skip:$absent { throw 'ran' }
    It 'not' -Skip:(-not $absent) { }
    It 'while it runs' { Set-ItResult -Skipped -Because 'there are no photos'; throw 'ran on' }
    Context 'all of it' -Skip { It 'inside' { throw 'ran' } }
}
