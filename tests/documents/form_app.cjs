// A small stand-in for Google's FormApp: runs a script that makes a form, and prints what it made as JSON.
const fs = require('fs');
const vm = require('vm');

const made = { settings: {}, items: [] };
const setters = ['setTitle', 'setHelpText', 'setRequired', 'setChoices'];

function item(type, more) {
  const data = { type: type };
  made.items.push(data);
  const self = Object.assign({ data: data }, more);
  setters.forEach(function (name) {
    const key = name.slice(3, 4).toLowerCase() + name.slice(4);
    self[name] = function (value) {
      if (value === undefined || value === null) {
        throw new Error(type + '.' + name + ' without a value');
      }
      data[key] = value;
      return self;
    };
  });
  return self;
}

// Only what Google's own items have: a text item has no choices, a checkbox leads nowhere.
function question(type, kinds) {
  const self = item(type);
  if (!kinds.includes('choices')) {
    delete self.setChoices;
  } else {
    self.createChoice = function (text, there) {
      if (there !== undefined && !kinds.includes('navigation')) {
        throw new Error(type + ' cannot lead to a page');
      }
      return { text: text, there: there && there.data ? there.data.title : there };
    };
  }
  return self;
}

const form = {
  addMultipleChoiceItem: () => question('one', ['choices', 'navigation']),
  addCheckboxItem: () => question('several', ['choices']),
  addTextItem: () => question('short', []),
  addParagraphTextItem: () => question('long', []),
  addPageBreakItem: () => question('page', []),
  getEditUrl: () => 'edit',
  getPublishedUrl: () => 'send',
};
['setDescription', 'setConfirmationMessage', 'setCollectEmail', 'setLimitOneResponsePerUser',
  'setShowLinkToRespondAgain', 'setProgressBar'].forEach(function (name) {
  form[name] = function (value) {
    made.settings[name] = value;
    return form;
  };
});

const context = vm.createContext({
  FormApp: {
    create: function (title) {
      made.settings.title = title;
      return form;
    },
    PageNavigationType: { SUBMIT: 'SUBMIT' },
  },
  Logger: { log: function () {} },
});
vm.runInContext(fs.readFileSync(0, 'utf-8') + '\nmakeForm();', context);
process.stdout.write(JSON.stringify(made));
