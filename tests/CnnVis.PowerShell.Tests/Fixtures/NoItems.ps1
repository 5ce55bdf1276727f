Describe 'nothing to go through' {
    It 'item <_>' -ForEach @() { }
}
